"""An invented office with invented people and cases, for trying Zegel out on one machine."""
