"""What `growth.py` tells of a run."""
