"""What is suspended stays as long as the suspension can be answered: half a year, no longer thirty days."""

STATEMENTS = [
    # An id holds its time above 21 bits; 15 897 600 000 ms are 184 days.
    "UPDATE strikes SET removal_at = (id >> 21) + 15897600000 WHERE measure = 'suspend' AND lifted_at IS NULL",
]
