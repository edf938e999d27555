"""Where articles come from: feeds by address, and files of several kinds.

``detect.open_source`` decides what an argument is; every source keeps the protocol
``bot.ports.Source`` and fails only with ``bot.ports.SourceError``.
"""
