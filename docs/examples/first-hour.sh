# The first hour of a projectsecretaris, three months in a few screens.
# Run it in an empty folder, at a terminal: sh first-hour.sh

export MIJLPAAL_DATABASE_URL=first-hour.sqlite3

# A process is a file. Take one that travels with the program; is there a fault in it?
mijlpaal definitions export sportpark
mijlpaal definitions check sportpark.yaml

# Start it: whoever does gets the seats that the file gives a starter.
mijlpaal start sportpark.yaml

# What happened before is noted in another file, each fact with its date and its source.
mijlpaal replay sportpark-raden.facts.yaml

# Where do we stand, and is anything late?
mijlpaal status sportpark

# May the principles go on? If not, whom do we ring?
mijlpaal explain sportpark uitgangspunten

# A council decides once its questions are closed: a refusal says so, and what would help.
mijlpaal record sportpark uitgangspunten oost vastgesteld --on 2026-03-31 --votes 17-4 \
    --reference "list of decisions"  # refused

# First the one, then the other.
mijlpaal task sportpark uitgangspunten/technische-vragen gesloten --for oost \
    --on 2026-03-24 --reference "mail of the griffie"
mijlpaal record sportpark uitgangspunten oost vastgesteld --on 2026-03-31 --votes 17-4 \
    --reference "list of decisions"

# The papers for the agreement will be late. What does that do to the rest?
mijlpaal replan sportpark overeenkomst.bij-de-raden "by 2026-10-15" \
    --reason "the operator answers after the summer"
mijlpaal due sportpark

# Has anybody changed the past? Keep the head that is printed where others can see it.
mijlpaal verify sportpark
