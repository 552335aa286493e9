"""How long tests wait for what another program does, before they call it hanging.

A test is right or wrong on a slow machine as on a fast one, so nothing here says how fast something is: a machine that
is busy with other work has taken 30 times as long as a quiet one.
"""

HANGING = 600   # seconds
