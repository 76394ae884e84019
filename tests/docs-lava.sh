#!/bin/bash
# docs-lava: LAVA takes the job of docs/lava.yaml and gets its figures, and its commands
# are those of the project. The first two need Debian's lava-common, and are said to be
# left out without it.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

job=$top/docs/lava.yaml
# Debian's own: another python3 does not see Debian's modules.
python=/usr/bin/python3
cat >"$work/validate" <<'PYTHON'
import sys
import yaml
import lava_common.schemas as schemas
from lava_common.schemas.test import testdef

with open(sys.argv[1]) as job:
    data = yaml.safe_load(job)
schemas.validate(data)
for action in data["actions"]:
    for definition in action.get("test", {}).get("definitions", []):
        testdef.validate(definition["repository"])
# The last step, which says the figures.
print(definition["repository"]["run"]["steps"][-1])
PYTHON
if $python -c 'import lava_common.schemas, yaml' 2>/dev/null; then
	verdict "the job validates against LAVA's schema" $python "$work/validate" "$job"
	mkdir -p "$work/bin" "$work/build/kvm/cells/raw" &&
		cp "$top/results/linux-7.2/raw/raw/idle.s1.json" "$work/build/kvm/cells/raw/" &&
		printf '#!/bin/sh\necho "$@" >>said\n' >"$work/bin/lava-test-case" &&
		chmod +x "$work/bin/lava-test-case"
	(cd "$work" && $python validate "$job" | PATH=$work/bin:$PATH sh -e)
	max=$(jq .cyclictest.max_ns "$work/build/kvm/cells/raw/idle.s1.json")
	verdict "the lab gets each maximum" test "$(cat "$work/said")" = \
		"icount-raw-idle-s1 --result pass --units ns --measurement $max"
	sed 's/^  *to: tftp/    to: nowhere/' "$job" >"$work/bad.yaml"
	fails_with 1 "one that does not is refused" $python "$work/validate" "$work/bad.yaml"
else
	left_out "docs/lava.yaml is not validated: lava-common is not installed"
fi

# What the job runs: the words of its bench/run are options of bench/run.
words=$(grep -oE '^ *bench/run .*' "$job" | grep -oE -- '--[a-z]+' | sort -u)
verdict "the job measures" test -n "$words"
"$top/bench/run" --help >"$work/help"
for word in $words; do
	verdict "bench/run has $word" grep -q -- " $word " "$work/help"
done
finish
