"""How good the scores are: labelled sets, metrics, baselines, calibration, the gate and the speed bench."""
