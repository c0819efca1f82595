from apps.alignment.models.pulse import PulseAsked, PulseResult, PulseRound, PulseTally

__all__ = ["PulseAsked", "PulseResult", "PulseRound", "PulseTally"]
