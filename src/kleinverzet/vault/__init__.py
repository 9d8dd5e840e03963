"""Encryption at rest with a key that only its owner unlocks: protocol v1.

`sealing` and `derivation` are pure. `keys` makes and opens a person's keys, `slots` the ways to
reach them (`proof` and `wrapping` make what it stores), `session` what is open while somebody is
there, `rows` what a ring keeps in it, and `letters` what is written while it is closed. `records`
registers all of it as personal data, `shredding` ends it. It stands below the rings and imports
none of them.
"""
