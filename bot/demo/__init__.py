"""The demonstration: bundled articles, served as a feed that grows."""

from __future__ import annotations

from bot.demo.server import DemoServer, demo_feed

__all__ = ["DemoServer", "demo_feed"]
