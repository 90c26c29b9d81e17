"""The HTML shell that every route answers with, and the headers X's page comes with (CSP, Trusted Types, cookies)."""

from __future__ import annotations

import html
import json

from tests.replica.world import World

BACKGROUND = {"light": "rgb(255, 255, 255)", "dim": "rgb(21, 32, 43)", "dark": "rgb(0, 0, 0)"}
SCRIPTS = [
    *("vdom", "report", "net", "envelope", "parts", "post", "cells"),
    *("list", "nav", "profile", "layers", "pages", "main"),
]

SHELL = """<!DOCTYPE html>
<html dir="{direction}" lang="{language}" data-theme="{theme}" style="overflow-y: scroll; overscroll-behavior-y: none;
 font-size: {font_size}px; color-scheme: {scheme};"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta name="theme-color" content="{colour}"><title>X</title>{first}
<link rel="stylesheet" href="/client/x.css"></head>
<body style="background-color: {background};"><div id="react-root" style="height:100%;display:flex;"></div>
<div id="layers" style="z-index: 1;"></div>
<script nonce="{nonce}">window.__INITIAL_STATE__={state};</script>
{scripts}
</body></html>
"""

BROKEN = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>X</title></head><body>
<div id="react-root"></div><div id="ScriptLoadFailure"><form action="" method="GET"><div class="errorContainer">
<span>Something went wrong, but don’t fret — let’s give it another shot.</span>
<span>Some privacy related extensions may cause issues on x.com. Please disable them and try again.</span>
<input type="submit" value="Try again"></div></form></div></body></html>
"""


def policy(nonce: str) -> str:
    """Return the Content-Security-Policy: no loopback in ``connect-src``, scripts by nonce, Trusted Types on top."""
    return "; ".join(
        [
            "require-trusted-types-for 'script'",
            "trusted-types default app#html",
            "connect-src 'self' blob: https://api.x.com https://*.twimg.com",
            "default-src 'self'",
            "form-action 'self' https://x.com",
            "font-src 'self' https://*.twimg.com",
            "frame-src 'self' https://x.com",
            "img-src 'self' blob: data: https://*.twimg.com",
            "object-src 'none'",
            f"script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' https://*.twimg.com 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline' https://*.twimg.com",
            "worker-src 'self' blob:",
        ]
    )


def document_headers(world: World, nonce: str) -> list[tuple[str, str]]:
    """Return the headers of a page, among them the cookie that says who is logged in."""
    hidden = "" if world.look.readable_cookie else "; HttpOnly"
    return [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Security-Policy", policy(nonce)),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
        ("Strict-Transport-Security", "max-age=631138519"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cache-Control", "no-store"),
        ("Set-Cookie", f"twid=u%3D{world.viewer_id}; Path=/; Secure{hidden}"),
        *world.look.headers,
    ]


def document(world: World, nonce: str) -> str:
    """Return the page's HTML; all content comes later, by the scripts."""
    look = world.look
    if look.broken:
        return BROKEN
    scripts = "\n".join(f'<script nonce="{nonce}" src="/client/{name}.js" defer></script>' for name in SCRIPTS)
    return SHELL.format(
        direction=look.direction,
        language=html.escape(look.language),
        theme=look.theme,
        font_size=look.font_size,
        scheme="light" if look.theme == "light" else "dark",
        colour={"light": "#FFFFFF", "dim": "#15202B", "dark": "#000000"}[look.theme],
        background=BACKGROUND[look.theme],
        nonce=nonce,
        first=f'<script nonce="{nonce}">{look.script}</script>' if look.script else "",
        state=json.dumps(initial_state(world)).replace("<", "\\u003c"),
        scripts=scripts,
    )


def initial_state(world: World) -> dict[str, object]:
    """Return what X's page carries inline: the session, the accounts of the switcher, the switches."""
    accounts = [world.accounts[one] for one in ("1000001", "1000002")]
    return {
        "session": {"user_id": world.viewer_id},
        "accounts": [{"id": one.id, "handle": one.handle, "name": one.name, "avatar": one.avatar} for one in accounts],
        "now": world.now,
        "language": world.look.language,
        "bare": not world.look.test_ids,
        "featureSwitch": {"responsive_web_profile_redesign_enabled": world.look.redesign},
    }
