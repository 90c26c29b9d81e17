"""X's official API through tweepy: optional, paid by the user's own key, within a cap that the user set."""
