# scan.awk: the lock sites in kernel source files.
#
# Takes:  -v header=FILE, then that file (include/linux/mmzone_lock.h) and source
#         files, all by paths relative to the source tree.
# Gives:  lines of tab-separated fields:
#           acquire FILE LINE FUNCTION WRAPPER LOCK KIND PIN BOUND
#           release FILE LINE LOCK
#         KIND is lock, trylock or guard (which also releases in this line), or direct
#         for a line that hands one of the locks to a function; PIN is 1 if the
#         wrapper pins the task; BOUND is the sentence behind "Bound: " in a comment
#         at most twelve lines above in the function, or empty.
#
# The wrappers are not listed here: a macro of the header that takes or releases a
# lock is one, and so is a macro of a source file that uses one. One that lets go of
# the lock and takes it again is a release and a site, with the bound of the site
# before it in the function. A function that the header declares is a part of its macros: it takes
# the lock for whoever uses these.

BEGIN { FS = "\n"; OFS = "\t" }

FNR == 1 {
	# What the last file defined for itself is not known in the next.
	for (name in own)
		delete wrapper[name]
	delete own
	delete text
	function_name = define = ""
	comment = 0
}

{ text[FNR] = $0 }

# Comments are no code, wherever they begin.
{
	code = ""
	rest = $0
	while (rest != "") {
		if (comment) {
			if (!(end = index(rest, "*/")))
				break
			rest = substr(rest, end + 2)
			comment = 0
		} else if (begin = index(rest, "/*")) {
			code = code substr(rest, 1, begin - 1)
			rest = substr(rest, begin + 2)
			comment = 1
		} else {
			code = code rest
			break
		}
	}
}

# A macro, with the lines that continue it.
code ~ /^#[ \t]*define/ || define != "" {
	define = define code
	if (!sub(/\\[ \t]*$/, "", define)) {
		add_macro(define)
		define = ""
	}
	next
}
FILENAME == header && code ~ /^[A-Za-z_].*\(.*\);[ \t]*$/ {
	function_name = substr(code, 1, index(code, "(") - 1)
	sub(/^.*[ \t*]/, "", function_name)
	part[function_name]
}
FILENAME == header || code ~ /^#/ { next }

# A function begins in the first column.
code ~ /^[A-Za-z_].*\(/ && code !~ /;[ \t]*$/ {
	function_name = substr(code, 1, index(code, "(") - 1)
	sub(/^.*[ \t*]/, "", function_name)
	last_bound = ""
	begun = FNR
}

function_name in part { next }

{
	for (name in wrapper)
		if (code ~ ("(^|[^A-Za-z0-9_])" name "\\("))
			use(name)
}

match(code, /&\(?([a-z_]+->)?(zone|z|pcp)\)?->lock[^a-z_]/) {
	print "acquire", FILENAME, FNR, function_name, "",
		substr(code, RSTART, RLENGTH) ~ /pcp/ ? "pcp" : "zone", "direct", 0, bound()
}

# add_macro TEXT: remember a macro that takes or releases a lock.
function add_macro(define,	name, body, kind, inner)
{
	sub(/^#[ \t]*define[ \t]+/, "", define)
	if (!match(define, /^[A-Za-z0-9_]+\(/))
		return
	name = substr(define, 1, RLENGTH - 1)
	body = substr(define, RLENGTH)
	kind = ""
	if (FILENAME == header) {
		if (body ~ /__zone_spin\(trylock(_irq|_irqsave)?\)/)
			kind = "trylock"
		else if (body ~ /__zone_spin\(lock(_irq|_irqsave)?\)/)
			kind = "lock"
		else if (body ~ /__zone_spin\(unlock(_irq|_irqrestore)?\)/)
			kind = "release"
		else if (body ~ /guard\(__zone_guard/)
			kind = "guard"
		else if (body ~ /[^A-Za-z_]zone_unlock/ && body ~ /[^A-Za-z_]zone_lock/)
			kind = "break"
	} else {
		for (inner in wrapper)
			if (body ~ ("(^|[^A-Za-z0-9_])" inner "\\("))
				kind = wrapper[inner]
		own[name]
	}
	if (kind == "")
		return
	wrapper[name] = kind
	lock[name] = name ~ /^pcp/ ? "pcp" : "zone"
	pin[name] = body ~ /task_pin\(/ ? 1 : 0
}

# use NAME: a wrapper is used in this line.
function use(name,	found)
{
	found = bound()
	if (wrapper[name] ~ /^(release|break)$/)
		print "release", FILENAME, FNR, lock[name]
	if (wrapper[name] == "break")
		print "acquire", FILENAME, FNR, function_name, name, lock[name], "lock", 0,
			found != "" ? found : last_bound
	else if (wrapper[name] != "release")
		print "acquire", FILENAME, FNR, function_name, name, lock[name],
			wrapper[name], pin[name], last_bound = found
}

# bound: the first sentence of the comment at this line or above it.
function bound(	i, found, more)
{
	for (i = FNR; i >= FNR - 12 && i >= begun && !match(text[i], /Bound: /); i--)
		;
	if (i < FNR - 12 || i < begun)
		return ""
	found = substr(text[i], RSTART + RLENGTH)
	while (found !~ /\*\// && found !~ /\. / && found !~ /\.$/) {
		more = text[++i]
		sub(/^[ \t]*\*?[ \t]*/, "", more)
		found = found " " (text[i] ~ /^[ \t]*\*\// ? "*/" : more)
	}
	sub(/[ \t]*\*\/.*$/, "", found)
	sub(/\.( .*)?$/, "", found)
	return found
}
