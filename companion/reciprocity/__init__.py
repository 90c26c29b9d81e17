"""The reciprocity score: decayed sums, plain counters, states, and the judgement made of them (pure)."""
