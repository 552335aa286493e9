"""How long tests wait for what another program does, before they call it hanging.

A test is right or wrong on a slow machine as on a fast one, so nothing here says how fast something is: a cell that
takes less than two seconds alone has taken more than sixty on a machine that was busy.
"""

HANGING = 600   # seconds
