package text

import (
	"path/filepath"
	"slices"
	"strings"

	"crmferry/internal/account"
	"crmferry/internal/cli/shell"
	"crmferry/internal/job/files"
	"crmferry/mapping/match/columns"
)

// CommandLine is a command of crmferry as the shell at hand takes it, "" for no words.
func CommandLine(args ...string) string {
	if len(args) == 0 {
		return ""
	}
	words := []string{"crmferry"}
	for _, arg := range args {
		words = append(words, Quote(arg))
	}
	return strings.Join(words, " ")
}

// Quote quotes a word of a command where the shell at hand would need it.
func Quote(s string) string { return shell.Here().Quote(s) }

// FileArg is a file as an argument, which a dash at its beginning would make a flag of.
func FileArg(file string) string {
	if strings.HasPrefix(file, "-") && file != "-" {
		return "./" + file
	}
	return file
}

// Flag is a flag as it was given.
type Flag struct {
	Name  string
	Words []string // as on the command line: --map, A=email, --map, B=phone
}

// Given is a command about a file as it was given: hints repeat it with changes.
type Given struct {
	Resource string
	Plan     *Given // the import whose plan the command applies, as it was given; nil for other commands
	File     string // as given; "-" for a pipe that has no name of its own: what it gave can be piped into the next command
	Undo     string // the run that is taken back: then no file is taken in
	Flags    []Flag
	NotCheck []string           // the flags that a check of the file does not have
	Beside   []account.Resource // what else the vendor holds
}

// For is the same command about another file.
func (g Given) For(file string) Given {
	if g.Plan != nil {
		g = *g.Plan // what the plan has made of a file is done with another one by an import
	}
	g.File = file
	return g
}

// ForRejects is the same command about its rejects, without the conditions on the codes that the file itself had as rejects: the
// new ones have codes of their own.
func (g Given) ForRejects(file string) Given {
	g = g.For(file)
	g.Flags = slices.Clone(g.Flags)
	for i, f := range g.Flags {
		if f.Name != "where" {
			continue
		}
		var words []string
		for pair := range slices.Chunk(f.Words, 2) {
			if !strings.HasPrefix(pair[len(pair)-1], columns.ColumnError) {
				words = append(words, pair...)
			}
		}
		g.Flags[i].Words = words
	}
	return g
}

// CheckReport is where the report of a check of the file is proposed to be written: beside the one whose sheet Values is read.
func (g Given) CheckReport() string {
	file := files.Input{File: g.File}.Stem()
	stem := strings.TrimSuffix(file, filepath.Ext(file)) + ".check"
	path := stem + ".xlsx"
	for _, f := range g.Flags {
		if f.Name == "values" && files.SameFile(f.Words[len(f.Words)-1], path) {
			return stem + "-2.xlsx"
		}
	}
	return path
}

// Import is the command that imports the file with the flags that were given, less some and with some words added.
func (g Given) Import(less []string, add ...string) string { return g.line("import", less, add) }

// Kinds are those that the command lets be created.
func (g Given) Kinds() (kinds []string) {
	for _, f := range g.Flags {
		if f.Name == "create-missing" {
			for pair := range slices.Chunk(f.Words, 2) {
				kinds = append(kinds, pair[1:]...)
			}
		}
	}
	return kinds
}

// Check is the command that checks the file with the flags that were given, less some and with some words added.
func (g Given) Check(less []string, add ...string) string {
	return g.line("check", append(slices.Clone(g.NotCheck), less...), add)
}

// Look is the command that looks at the file in the same way, without network.
func (g Given) Look(add ...string) string {
	return g.Check([]string{"json", "quiet", "verbose", "report", "write-map", "overwrite"}, add...)
}

// Again is the import once more, with one flag changed or added.
func (g Given) Again(flag string, value ...string) string {
	return g.Import([]string{strings.TrimPrefix(flag, "--"), "resume", "restart"}, append([]string{flag}, value...)...)
}

// Resume is the import that goes on with an unfinished run: the one that was named, if any, whose file may be another by now, or gone.
func (g Given) Resume() string {
	resume := "--resume"
	for _, f := range g.Flags {
		if f.Name == "resume" {
			resume = f.Words[0]
		}
	}
	return g.Import([]string{"resume", "restart"}, resume)
}

func (g Given) line(command string, less, add []string) string {
	words := []string{command, g.Resource, FileArg(g.File)}
	if g.Undo != "" {
		words = []string{"undo", g.Undo}
	}
	if g.Plan != nil {
		words = []string{"apply", FileArg(g.File)}
	}
	for _, f := range g.Flags {
		if !slices.Contains(less, f.Name) {
			words = append(words, f.Words...)
		}
	}
	return CommandLine(append(words, add...)...)
}

// Changed is the import once more with other flags, less some and with some words added: what was a dry run is one again, as nobody has seen what that
// would do.
func (g Given) Changed(less []string, add ...string) string {
	of := slices.DeleteFunc(FlagsOfOneRun(), func(flag string) bool { return flag == "dry-run" })
	return g.Import(append(of, less...), add...)
}

// FlagsOfOneRun are flags that the next command does not take over from this one.
func FlagsOfOneRun() []string {
	return []string{"dry-run", "resume", "restart", "report", "rejects", "json", "quiet", "verbose", "progress", "confirm", "overwrite"}
}

// FlagsOfOneFile are those of an import that do not go for its rejects: these are in UTF-8, on a sheet of their own, and as many
// as there are.
func FlagsOfOneFile() []string { return []string{"limit", "encoding", "sheet"} }

// linkAll is the command that links the rows which name nothing to one thing, called as the file is, and lets it be made.
func (g Given) linkAll(field, kind string) string {
	kinds := g.Kinds()
	if !slices.Contains(kinds, kind) {
		kinds = append(kinds, kind)
	}
	stem := files.Input{File: g.File}.Stem()
	name := strings.TrimSuffix(filepath.Base(stem), filepath.Ext(stem))
	return g.Changed([]string{"create-missing"}, "--default", field+"="+name, "--create-missing", strings.Join(kinds, ","))
}

// flagsOfResource are flags that say something of one resource, and do not go for another.
func flagsOfResource() []string {
	return []string{"map", "map-file", "set", "default", "values", "match", "mode", "lookup", "create-missing", "replace", "accept", "clear-token", "keep-source-id", "split-long"}
}
