"""What a screening may be shown in. A closed list: filters and prices rely on these names."""

FORMATS = ("2D", "3D", "IMAX", "35 mm", "70 mm")
