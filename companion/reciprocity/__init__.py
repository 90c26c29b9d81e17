"""The reciprocity score: decayed sums, plain counters, states, and the judgement derived from them (pure)."""
