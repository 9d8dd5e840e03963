"""What `kleinverzet doctor` looks at: one finding a check, nothing changed, nothing private told.

`finding` is what a check gives, `folders`, `surroundings`, `database` and `letters` are the checks,
`rounds` goes past all of them.
"""
