package internal_test

import (
	"errors"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The most lines of a package, and the lines above which no more than half of it may be a single knot.
const (
	mostLines    = 3000
	untiedBeyond = 1500
)

// TestPackageSizes: a package can be read in an afternoon, and a large one piece by piece.
func TestPackageSizes(t *testing.T) {
	packages := map[string][]goFile{}
	for _, f := range parse(t) {
		if match, err := linux().MatchFile(filepath.Join(root, f.dir()), path.Base(f.path)); err != nil {
			t.Fatal(err)
		} else if match {
			packages[f.dir()] = append(packages[f.dir()], f)
		}
	}
	for dir, files := range packages {
		n := 0
		for _, f := range files {
			n += lines(f)
		}
		if n > mostLines {
			t.Errorf("%s has %d lines, more than %d: split it", dir, n, mostLines)
		}
		// What is done with a row stays together, and so does the suite of conformance.
		if n <= untiedBeyond || dir == "importer" || dir == "internal/crm/crmtest" {
			continue
		}
		if knot := biggestKnot(t, dir, files); knotLines(files, knot)*2 > n {
			t.Errorf("%s has more than half of its lines in files that all need each other: %s", dir, strings.Join(knot, " "))
		}
	}
}

// linux builds for Linux, wherever the test runs: the limits are the same everywhere.
func linux() *build.Context {
	c := build.Default
	c.GOOS, c.GOARCH, c.CgoEnabled = "linux", "amd64", false
	return &c
}

func lines(f goFile) int { return f.set.Position(f.ast.End()).Line }

func knotLines(files []goFile, knot []string) int {
	n := 0
	for _, f := range files {
		if slices.Contains(knot, path.Base(f.path)) {
			n += lines(f)
		}
	}
	return n
}

// noImports lets a package be checked by itself: only what its files need of each other is asked.
type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not needed") }

// biggestKnot names the files of a package that all need each other, directly or through others: the set with most lines.
func biggestKnot(t *testing.T, dir string, files []goFile) []string {
	t.Helper()
	p, err := linux().ImportDir(filepath.Join(root, dir), 0)
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(set, filepath.Join(root, dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	needs := fileNeeds(set, parsed)
	var biggest []string
	for name := range needs {
		from := reachable(needs, name)
		var knot []string
		for other := range from {
			if reachable(needs, other)[name] {
				knot = append(knot, other)
			}
		}
		slices.Sort(knot)
		if knotLines(files, knot) > knotLines(files, biggest) {
			biggest = knot
		}
	}
	return biggest
}

// fileNeeds says which files of a package each of them uses something of.
func fileNeeds(set *token.FileSet, files []*ast.File) map[string]map[string]bool {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	pkg, _ := config.Check("p", set, files, info)
	needs := map[string]map[string]bool{}
	for id, object := range info.Uses {
		if object.Pkg() != pkg || !object.Pos().IsValid() {
			continue
		}
		if v, ok := object.(*types.Var); ok && !v.IsField() && v.Parent() != pkg.Scope() {
			continue // a local variable
		}
		from, to := filepath.Base(set.Position(id.Pos()).Filename), filepath.Base(set.Position(object.Pos()).Filename)
		if needs[from] == nil {
			needs[from] = map[string]bool{}
		}
		if from != to {
			needs[from][to] = true
		}
	}
	return needs
}

// reachable are the files that one needs, directly or through others.
func reachable(needs map[string]map[string]bool, from string) map[string]bool {
	seen, queue := map[string]bool{}, []string{from}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		for to := range needs[next] {
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	return seen
}

// TestExcelizeWritesOnly: what writes workbooks stands in one package; what reads them is our own.
func TestExcelizeWritesOnly(t *testing.T) {
	users := 0
	for _, f := range parse(t) {
		for _, spec := range f.ast.Imports {
			if !strings.Contains(spec.Path.Value, "excelize") {
				continue
			}
			if users++; f.dir() != "internal/sheet/write" {
				t.Errorf("%s imports excelize: only internal/sheet/write does", f.path)
			}
		}
	}
	if users == 0 {
		t.Error("nobody imports excelize: the test looks for the wrong name")
	}
}

// mayName reports whether a file may name a vendor: the list of all vendors, the vendor's packages, its tables, and the
// list of those that the sandbox simulates.
func mayName(f goFile, vendor string) bool {
	switch f.dir() {
	case "internal/crm/" + vendor, "internal/sandbox/" + vendor:
		return true
	case "mapping":
		return strings.HasPrefix(path.Base(f.path), vendor)
	}
	return f.path == "internal/account/vendors.go" || f.path == "internal/sandbox/vendors.go"
}

// TestVendorsAreNamedOnce: no identifier and no string elsewhere is a vendor's. Examples in help texts are whole
// commands, and not meant here.
func TestVendorsAreNamedOnce(t *testing.T) {
	named := map[string]int{}
	for _, f := range parse(t) {
		for _, v := range vendors(t) {
			name := regexp.MustCompile(`(?i)^"?` + v + `"?$`)
			part := regexp.MustCompile(`(?i)` + v)
			ast.Inspect(f.ast, func(n ast.Node) bool {
				var text string
				switch n := n.(type) {
				case *ast.Ident:
					text = part.FindString(n.Name)
				case *ast.BasicLit:
					text = name.FindString(n.Value)
				}
				if text == "" {
					return true
				}
				if named[v]++; !mayName(f, v) {
					t.Errorf("%s names a vendor, %s: ask for what it can do instead", f.set.Position(n.Pos()), text)
				}
				return true
			})
		}
	}
	for _, v := range vendors(t) {
		if named[v] == 0 {
			t.Errorf("nothing is named after %s: the test looks for the wrong name", v)
		}
	}
}

// TestSamplesOfEveryVendor: people find something to try each vendor with.
func TestSamplesOfEveryVendor(t *testing.T) {
	for _, v := range vendors(t) {
		for _, name := range []string{"contacts.csv", "contacts.xlsx", "flawed.csv", "flawed.xlsx"} {
			if _, err := os.Stat(filepath.Join(root, "samples", v+"-"+name)); err != nil {
				t.Error(err)
			}
		}
	}
}
