"""What one coach may read, and only because somebody chose to show it.

Here live appointments: when they can be, who plans them, the coach's hours and day. Two doors lead
in and out: `arrivals` (what may come in, once there is something to show) and `offers` (what inner
rings may read).
"""
