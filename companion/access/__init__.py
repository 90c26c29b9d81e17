"""Who may call the companion: the gate, pairing, paired clients, dashboard sessions."""
