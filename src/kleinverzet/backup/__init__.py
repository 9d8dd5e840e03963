"""Copies of what people keep, and putting one back.

`archive` is what a backup file looks like, `sqlite` and `postgresql` are the two databases,
`pictures` are those of the site, `making` makes a backup and `restoring` puts one back. A backup
holds what the database holds: names and addresses in plain text, everything private sealed; never
the pepper, a secret, a mail, or half of a vault that is open.
"""
