"""What ripple costs beside six peers, in time and memory, and beside the machine's own limit."""
