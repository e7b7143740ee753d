"""Say what is not well, and the head of every journal: to be kept where nobody can change it."""

import json
import sys

answer = json.load(sys.stdin)
if answer["schema"] != "mijlpaal/doctor/v1":
    sys.exit(f"This script does not know {answer['schema']}.")
wrong = [check for check in answer["data"]["checks"] if not check["well"]]
for check in wrong:
    print(f"WRONG {check['name']}: {check['found']} {check['remark'] or ''}".rstrip())
for journal in answer["data"]["journals"]:
    print(f"head {journal['process']} {journal['entries']}:{journal['head']}")
    for problem in journal["problems"]:
        print(f"WRONG {journal['process']}: {problem}")
