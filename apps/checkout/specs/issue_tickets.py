"""Issue tickets: once, for a paid order."""

from apps.checkout.commands.issue_tickets import IssueTickets
from apps.checkout.specs.examples import TICKETS, issued, placed, received, refund_due
from apps.eventlog.specifications import given

ISSUE = IssueTickets("o1", TICKETS)

SPECIFICATIONS = {
    "a paid order": given(placed(), received()).when(ISSUE).then(issued()),
    "one that has its tickets": given(placed(), received(), issued()).when(ISSUE).then_nothing(),
    "one that is not paid": given(placed()).when(ISSUE).then_nothing(),
    "one whose money goes back": given(placed(), received(), refund_due())
    .when(ISSUE)
    .then_nothing(),
    "no order of ours": given().when(ISSUE).then_rejected("There is no such order."),
}
