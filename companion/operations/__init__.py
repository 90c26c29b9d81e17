"""What a set of operations means: pure rules whose result is the same in any order and with repeats."""
