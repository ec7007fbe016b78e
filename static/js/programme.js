/* The programme's filters. htmx does the asking; this keeps the form and the chips of one mind. */
"use strict";
(() => {
  const form = document.getElementById("find");
  // Back and forward ask the server for the whole page: form, chips and films then agree.
  htmx.config.refreshOnHistoryMiss = true;

  const unreached = form.querySelector(".notice");
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    form.addEventListener(name, () => (unreached.hidden = false));
  }
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) unreached.hidden = true;
  });

  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-takes]");
    if (!chip || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const field = form.elements[chip.dataset.takes];
    event.preventDefault();
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
    field.focus();
    htmx.trigger(form, "submit");
  });
})();
