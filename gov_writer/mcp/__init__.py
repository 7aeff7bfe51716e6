"""The same pipeline for assistants: an MCP server on standard input and output (``gov-writer mcp``)."""

from gov_writer.mcp.folders import Folders
from gov_writer.mcp.server import serve

__all__ = ["Folders", "serve"]
