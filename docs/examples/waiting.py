"""Print a line for each body that is still waited for: of which request, and until when."""

import json
import sys

answer = json.load(sys.stdin)
if answer["schema"] != "mijlpaal/due/v1":
    sys.exit(f"This script does not know {answer['schema']}.")
for due in answer["data"]["dues"]:
    for body in due["waiting_for"]:
        print(f"{body}\t{due['id']}\t{due['date'] or 'no date known'}")
