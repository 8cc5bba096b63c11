"""The whole test run uses numba's simulator, whether or not this machine has a GPU.

numba makes that choice when ``numba.cuda`` is imported, so it is made here, before any test module is. It
is made in numba's configuration, not in the environment, which the processes that tests start would
inherit.
"""

import numba

from minigrad.workbook.numba_simulator import prepare

numba.config.ENABLE_CUDASIM = 1
prepare()
