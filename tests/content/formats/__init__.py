"""Tests of the formats in which an agenda comes in and goes out."""
