"""For all tests: no test fails because a machine is slow; Hypothesis' first text on a new one takes a second."""

from hypothesis import HealthCheck, settings

settings.register_profile("qala", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qala")
