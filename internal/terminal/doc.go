// Package terminal writes for people: progress, tables, questions, hints. It knows about terminals so that nothing else does.
package terminal

// The rules of the user interface. Whoever adds output keeps them or changes them here first.
//
//   - stdout carries data only: listings, --json, an export to "-", lines to paste into a shell. All else, answers to
//     questions included, goes to stderr, so that data can be piped whatever happens.
//   - An error is one line "error: ..." and then at most a few lines "hint: ...", which say what to do. No capitals,
//     no full stops, no stack traces, no usage text. A warning is one line "warning: ...".
//   - The progress bar shows only where stderr is a terminal; elsewhere a plain, dated line each minute, so that a
//     log of eight hours stays readable. Start and end are the lines that the command prints anyway.
//   - A wait longer than a second says what it waits for.
//   - Colour only on a terminal, never when NO_COLOR is set or TERM is dumb, and never as the only sign.
//   - --quiet prints nothing on success: no notes, no warnings, no progress; errors and hints stay, and so
//     does the summary of a run that did not go well.
//   - --json puts one JSON value on stdout and takes the bar away; notes still go to stderr.
//   - Questions are asked only if stdin and stderr are terminals, take yes or no, and mean no unless answered.
//   - What others wrote (cells, headers, names of files, vendors' messages) stays on its line and commands nothing: see
//     foreign.go. Whoever writes past UI passes it through Line.
