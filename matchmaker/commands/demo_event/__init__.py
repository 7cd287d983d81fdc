"""The demo event's content, written for it: invented people, real dataset titles. JSON, read by the loader."""
