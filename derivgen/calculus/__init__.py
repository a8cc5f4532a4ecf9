"""Rules, steps and checks: how a derivative is found and proved."""
