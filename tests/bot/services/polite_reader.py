"""A reader of uploads that finds fault with any file, and says how polite it is to other programs."""

import json
import os
import sys

sys.stdin.buffer.read()
problem = {"severity": "error", "where": "", "what": str(os.nice(0)), "code": "", "parameters": {}}
json.dump({"problems": [problem]}, sys.stdout)
