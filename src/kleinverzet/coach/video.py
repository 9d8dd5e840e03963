"""Where one talks online: a room of its own for each appointment, which nobody can guess.

It follows from the appointment and from a secret of the house, so it is kept nowhere, and stays the
same when the appointment is moved.
"""

from base64 import b32encode

from kleinverzet import environment
from kleinverzet.coach.models import Booking, Mode
from kleinverzet.vault import house_key, sealing

# Of 256 bits these many bytes make a name that is short enough to type.
_BYTES = 16


def address(booking: Booking) -> str:
    """Give the address of an online appointment; empty where it is not online, or none is set."""
    pattern = environment.read().video
    if not pattern or booking.mode != Mode.ONLINE:
        return ""
    return pattern.replace("{room}", _room(booking))


def _room(booking: Booking) -> str:
    """Give small letters and digits alone: some video servers make no difference of capitals."""
    secret = sealing.mix(house_key.of("coach_video"), str(booking.pk), person="video.room.v1")
    return b32encode(secret[:_BYTES]).decode().rstrip("=").lower()
