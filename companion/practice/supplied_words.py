"""Twenty more ways to say something to somebody, supplied as templates beside the five of essay 5 (pure data)."""

from __future__ import annotations

SUPPLIED: tuple[tuple[str, str], ...] = (
    ("Good morning", "Good morning {handle}. What are you working on today?"),
    ("Thank you for a post", "{handle} Thank you for this, I kept it: {last_post_link}"),
    ("Welcome to a new follower", "Hello {handle}, I read your bio and liked it. What brought you here?"),
    ("Ask about a post", "{handle} You wrote “{last_post}”. How did that go on?"),
    ("Ask for a recommendation", "{handle} Who should I read about {topic}?"),
    ("Ask for advice", "{handle} I am stuck with {topic}. Where would you begin?"),
    ("Offer help", "{handle} I know a little about {topic}. If I can help, tell me."),
    ("Congratulate", "Congratulations, {first_name}! {handle} Well earned."),
    ("Share a find", "{handle} I found this and thought of you: [link]"),
    ("Introduce two people", "{handle} Meet @[their handle]. You both care about {topic}."),
    ("Recommend somebody", "If you care about {topic}, read {handle}."),
    ("Say what you learned", "{handle} I tried what you wrote about {topic}, and it worked. Thank you."),
    ("Ask how they are", "{handle} I have not heard from you for a while. Are you well?"),
    ("After a chat", "{handle} It was good to talk with you in {chat}. What did you take home?"),
    ("Invite to a chat", "{handle} {chat} is on {chat_time}. Come along?"),
    ("Before a meeting", "{handle} Will you be there too? I would like to shake your hand."),
    ("After a meeting", "{handle} It was good to meet you in person."),
    ("Suggest a call", "{handle} Shall we talk for a quarter of an hour some day? I would like that."),
    ("Answer a question late", "{handle} Sorry that this took so long. [answer]"),
    ("End of the week", "{handle} One of the good things of this week was your post: {last_post_link}"),
)
"""(name, text)."""
