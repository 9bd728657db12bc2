// Package internal_test checks the rules of the house that no compiler checks: who imports whom, how the program
// ends, and that the documents tell the truth about the tree.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "crmferry/"
	root   = ".." // of the module
)

// goFile is a parsed Go file.
type goFile struct {
	path string // from the module's root, with slashes
	ast  *ast.File
	set  *token.FileSet
}

// dir is the file's package as others import it, without the module.
func (f goFile) dir() string { return filepath.ToSlash(filepath.Dir(f.path)) }

// parse reads all Go files but those of tests.
func parse(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	for _, path := range tree(t, ".go") {
		if strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata/") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, filepath.Join(root, path), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, goFile{path, f, set})
	}
	if len(files) < 50 {
		t.Fatalf("only %d Go files found: the test looks in the wrong place", len(files))
	}
	return files
}

// tree lists the module's files with an ending.
func tree(t *testing.T, ending string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") { // as the go command leaves them out
			return filepath.SkipDir
		}
		if rel, err := filepath.Rel(root, path); err == nil && !d.IsDir() && strings.HasSuffix(path, ending) {
			paths = append(paths, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// allowed says what a package may import of ours: whole names, or prefixes that end in a slash.
func allowed(dir string) []string {
	core := []string{"internal/cell", "internal/crm", "internal/sheet", "internal/sheet/rows", "internal/sheet/write", "internal/state", "internal/state/peers", "mapping", "mapping/cells", "mapping/cells/phones", "mapping/hint", "mapping/match", "mapping/match/columns"}
	switch {
	case dir == "cmd/crmferry":
		return []string{"internal/cli"}
	case dir == "internal/cli": // sandbox to serve it; what jobs do not tell yet (which mode, which columns), it asks below
		return append(core, "importer", "importer/", "internal/account", "internal/account/login", "internal/cli/", "internal/failure", "internal/history", "internal/humanize",
			"internal/job", "internal/job/", "internal/sandbox", "internal/sheet/charset", "internal/terminal")
	case dir == "internal/cli/complete":
		return []string{"internal/account", "internal/cli/runname", "internal/cli/text/pastruns", "internal/crm", "internal/history", "internal/state", "mapping"}
	case dir == "internal/cli/help":
		return []string{"internal/failure", "internal/humanize"}
	case dir == "internal/cli/runname":
		return []string{"internal/failure", "internal/history"}
	case dir == "internal/cli/flags":
		return []string{"internal/failure", "internal/terminal"}
	case dir == "internal/cli/shell":
		return []string{"internal/terminal"}
	case dir == "internal/cli/say":
		return []string{"internal/cli/text", "internal/terminal"}
	case dir == "internal/cli/runs":
		return []string{"importer/modes", "importer/report", "internal/account", "internal/cli/", "internal/crm", "internal/failure", "internal/history", "internal/humanize", "internal/job", "internal/job/about", "internal/job/files", "internal/state", "internal/terminal"}
	case dir == "internal/cli/serve":
		return []string{"internal/account", "internal/cli/shell", "internal/failure", "internal/humanize", "internal/sandbox", "internal/terminal"}
	case dir == "internal/cli/text": // results into words: it prints nothing and sends nothing
		return append(core, "exporter", "importer", "importer/", "internal/account", "internal/account/login", "internal/cli/advice", "internal/cli/shell", "internal/failure", "internal/history", "internal/humanize", "internal/job", "internal/job/", "internal/terminal")
	case dir == "internal/cli/text/verdict":
		return []string{"importer/outcome", "importer/survey", "internal/cli/text", "internal/failure", "internal/humanize", "internal/job/check", "mapping/cells/phones", "mapping/match", "mapping/match/columns"}
	case dir == "internal/cli/text/pastruns":
		return []string{"importer/outcome", "importer/trace", "internal/account", "internal/cli/text", "internal/history", "internal/humanize", "internal/job", "internal/job/about", "internal/state"}
	case dir == "internal/job":
		return append(core, "importer", "importer/",
			"internal/account", "internal/leaveby", "internal/job/advise", "internal/job/copies", "internal/job/files", "internal/job/plans", "internal/failure", "internal/history", "internal/humanize")
	case dir == "internal/job/advise":
		return []string{"importer/modes", "internal/account", "internal/history", "internal/humanize"}
	case dir == "internal/job/export":
		return append(core, "exporter", "internal/account", "internal/leaveby", "internal/failure", "internal/history", "internal/humanize", "internal/job", "internal/job/files")
	case dir == "internal/job/about":
		return []string{"importer/runrows", "importer/trace", "internal/account", "internal/history", "mapping/people"}
	case dir == "internal/job/check":
		return append(core, "importer", "importer/", "internal/account", "internal/failure", "internal/job", "internal/job/files")
	case dir == "internal/job/copies":
		return []string{"internal/account", "internal/cell", "internal/failure", "internal/history", "internal/humanize", "internal/job/files", "internal/sheet", "internal/sheet/write", "internal/state"}
	case dir == "internal/job/plans":
		return []string{"importer/journal", "importer/modes", "importer/outcome", "importer/planfile", "importer/runrows", "internal/failure", "internal/history", "internal/humanize", "internal/job/files", "internal/state"}
	case dir == "internal/job/jobtest":
		return []string{"internal/account", "internal/job"}
	case dir == "internal/job/files":
		return append(core, "importer/planfile", "importer/report", "importer/survey", "internal/account", "internal/failure", "internal/humanize")
	case dir == "internal/cli/listing":
		return []string{"internal/account", "internal/account/login", "internal/cli/advice", "internal/cli/text", "internal/failure", "internal/humanize", "mapping"}
	case dir == "internal/cli/parse":
		return []string{"internal/account", "internal/crm", "internal/failure", "internal/humanize", "internal/job/files", "internal/sheet/charset", "mapping/cells/phones"}
	case dir == "internal/account/login":
		return []string{"internal/account", "internal/failure"}
	case dir == "internal/cli/advice":
		return []string{"internal/cli/shell", "mapping/cells", "mapping/hint"}
	case dir == "internal/account": // which vendor in which file: see TestVendorsStayInTheirFiles
		return append(core, "exporter", "importer", "importer/trace", "mapping/match/resource", "mapping/people", "internal/crm/", "internal/failure", "internal/humanize", "internal/sandbox", "internal/transport")
	case dir == "internal/history":
		return []string{"importer/journal", "importer/outcome", "importer/runrows", "internal/crm", "internal/humanize", "internal/state", "internal/state/peers"}
	case dir == "importer":
		return append(core, "importer/", "internal/leaveby")
	case dir == "importer/item":
		return []string{"importer/directory", "importer/journal", "importer/links", "importer/modes", "importer/outcome", "importer/phase", "importer/survey", "importer/workers", "internal/crm", "mapping"}
	case dir == "importer/decide":
		return []string{"importer/directory", "importer/identity", "importer/item", "importer/modes", "importer/outcome", "importer/phase", "importer/planfile", "internal/crm", "mapping", "mapping/match/columns"}
	case dir == "importer/steps":
		return []string{"importer/directory", "importer/faults", "importer/item", "importer/journal", "importer/outcome", "importer/phase", "importer/requests", "internal/crm", "mapping"}
	case dir == "importer/holder":
		return []string{"importer/outcome", "internal/crm", "mapping"}
	case dir == "importer/copied":
		return []string{"importer/item", "importer/journal", "internal/cell", "internal/crm", "mapping"}
	case dir == "importer/requests":
		return []string{"importer/faults", "importer/item", "importer/phase", "importer/workers", "internal/crm", "internal/leaveby"}
	case dir == "importer/faults":
		return []string{"importer/journal", "importer/phase", "internal/crm", "internal/leaveby"}
	case dir == "importer/modes":
		return []string{"internal/crm"}
	case dir == "importer/identity":
		return []string{"importer/directory", "importer/outcome", "internal/crm", "mapping"}
	case dir == "importer/directory":
		return []string{"internal/crm", "mapping"}
	case dir == "importer/workers":
		return []string{"importer/outcome"}
	case dir == "importer/links":
		return []string{"importer/outcome", "internal/crm", "mapping", "mapping/match/columns"}
	case dir == "importer/written":
		return []string{"importer/item", "importer/outcome", "importer/workers"}
	case dir == "importer/newlinks":
		return []string{"importer/faults", "importer/item", "importer/journal", "importer/links", "importer/outcome", "importer/phase", "importer/requests", "importer/workers", "internal/crm"}
	case dir == "importer/journal":
		return []string{"importer/outcome", "internal/crm", "internal/quickjson", "internal/state", "mapping"}
	case dir == "importer/report":
		return []string{"importer/outcome", "importer/planfile", "importer/survey", "internal/cell", "internal/humanize", "internal/sheet", "internal/sheet/rows", "internal/sheet/write", "internal/state", "mapping", "mapping/match", "mapping/match/columns"}
	case dir == "importer/planfile":
		return []string{"importer/outcome", "internal/cell", "internal/sheet", "internal/sheet/rows", "internal/sheet/write", "mapping/cells"}
	case dir == "importer/survey/batches":
		return []string{"internal/sheet"}
	case dir == "importer/survey/shift":
		return []string{"mapping/cells", "mapping/cells/names", "mapping/headers", "mapping/match/columns"}
	case dir == "importer/survey/shared":
		return []string{"internal/crm"}
	case dir == "importer/survey":
		return []string{"importer/outcome", "importer/runrows", "importer/survey/batches", "importer/survey/shared", "importer/survey/shift", "internal/crm", "internal/sheet", "internal/sheet/rows", "mapping", "mapping/cells", "mapping/hint", "mapping/match", "mapping/match/columns", "mapping/people"}
	case dir == "importer/undo":
		return []string{"importer/decide", "importer/journal", "importer/outcome", "importer/runrows", "importer/survey", "internal/crm", "internal/state", "mapping"}
	case dir == "importer/runrows":
		return []string{"internal/quickjson", "internal/state"}
	case dir == "importer/trace":
		return []string{"importer/journal", "importer/outcome", "importer/runrows", "importer/survey", "internal/crm", "internal/state", "mapping", "mapping/cells", "mapping/people"}
	case dir == "importer/outcome":
		return []string{"internal/crm", "mapping", "mapping/cells"}
	case dir == "exporter":
		return core
	case dir == "mapping":
		return []string{"internal/cell", "internal/crm", "internal/crm/", "mapping/cells", "mapping/cells/", "mapping/headers", "mapping/hint", "mapping/lists", "mapping/match", "mapping/match/columns", "mapping/match/resource", "mapping/match/sources", "mapping/match/told", "mapping/notes", "mapping/people", "mapping/remarks", "mapping/refs", "mapping/schema", "mapping/settings"} // which vendor in which file: see TestVendorsStayInTheirFiles
	case dir == "mapping/notes":
		return []string{"internal/crm", "mapping/cells", "mapping/cells/markup", "mapping/headers", "mapping/hint", "mapping/remarks", "mapping/schema"}
	case dir == "mapping/schema":
		return []string{"internal/cell", "internal/crm", "mapping/cells", "mapping/cells/", "mapping/headers", "mapping/hint", "mapping/lists", "mapping/match", "mapping/match/columns", "mapping/match/resource", "mapping/match/sources", "mapping/refs", "mapping/remarks"}
	case dir == "mapping/settings":
		return []string{"internal/crm", "mapping/cells", "mapping/headers", "mapping/hint", "mapping/match/columns", "mapping/match/resource", "mapping/match/sources", "mapping/match/told", "mapping/remarks", "mapping/schema"}
	case dir == "mapping/remarks":
		return []string{"mapping/cells", "mapping/hint", "mapping/match", "mapping/match/columns", "mapping/match/resource", "mapping/match/sources"}
	case dir == "mapping/people":
		return []string{"internal/crm", "mapping/cells"}
	case dir == "mapping/refs":
		return []string{"internal/crm", "mapping/cells", "mapping/cells/names"}
	case dir == "mapping/match":
		return []string{"internal/cell", "internal/crm", "internal/humanize", "mapping/cells", "mapping/cells/", "mapping/headers", "mapping/hint", "mapping/match/"}
	case dir == "mapping/match/columns":
		return []string{"internal/crm", "internal/cell", "internal/humanize", "mapping/cells", "mapping/headers"}
	case dir == "mapping/match/told":
		return []string{"mapping/headers", "mapping/hint", "mapping/match/columns", "mapping/match/resource", "mapping/match/sources"}
	case dir == "mapping/match/resource":
		return []string{"internal/cell", "internal/crm", "internal/humanize", "mapping/cells", "mapping/headers", "mapping/hint"}
	case dir == "mapping/match/sources":
		return []string{"internal/crm", "mapping/cells", "mapping/cells/", "mapping/headers"}
	case dir == "mapping/match/parties":
		return []string{"internal/crm", "mapping/headers"}
	case dir == "mapping/match/kinds":
		return []string{"mapping/cells", "mapping/cells/", "mapping/headers"}
	case dir == "mapping/lists":
		return []string{"mapping/cells/words", "mapping/headers"}
	case dir == "mapping/cells/names":
		return []string{"mapping/cells", "mapping/cells/names/lexicon", "mapping/headers"}
	case dir == "mapping/cells/words":
		return []string{"mapping/cells", "mapping/cells/markup", "mapping/cells/names", "mapping/headers"}
	case dir == "mapping/cells/markup", dir == "mapping/cells/names/lexicon", dir == "mapping/cells/nations":
		return []string{"mapping/headers"}
	case dir == "mapping/cells":
		return []string{"internal/crm", "mapping/cells/markup", "mapping/cells/nations", "mapping/headers", "mapping/hint"}
	case dir == "mapping/cells/phones":
		return []string{"internal/crm", "mapping/cells", "mapping/cells/nations", "mapping/cells/phones/plan", "mapping/headers", "mapping/hint"}
	case strings.HasPrefix(dir, "internal/sandbox"):
		return []string{"internal/sandbox/"} // nothing else of ours: it would repeat our mistakes
	case strings.HasPrefix(dir, "internal/crm/"):
		return []string{"internal/crm", dir + "/", "internal/quickjson", "internal/transport"} // and what is its own
	case dir == "internal/terminal":
		return []string{"internal/humanize"}
	case dir == "internal/state/peers":
		return []string{"internal/state"}
	case dir == "internal/crm":
		return []string{"internal/leaveby", "internal/quickjson", "internal/retryafter"}
	case dir == "internal/transport":
		return []string{"internal/leaveby", "internal/retryafter", "internal/transport/http1"}
	case dir == "internal/sheet": // the readers; what it writes is for others to say
		return []string{"internal/cell", "internal/sheet/charset", "internal/sheet/csv", "internal/sheet/rows", "internal/sheet/seal", "internal/sheet/xlsx"}
	case dir == "internal/sheet/csv":
		return []string{"internal/cell", "internal/sheet/charset", "internal/sheet/rows"}
	case dir == "internal/sheet/charset":
		return []string{"internal/sheet/rows"}
	case dir == "internal/sheet/xlsx":
		return []string{"internal/cell", "internal/sheet/rows"}
	case dir == "internal/sheet/write":
		return []string{"internal/cell", "internal/sheet/rows", "internal/sheet/seal"}
	case dir == "internal/sheet/rows", dir == "internal/sheet/xlsx/xlsxtest":
		return []string{"internal/cell"}
	}
	return nil // cell, failure, humanize, mapping/cells/phones/plan, mapping/headers, mapping/hint, quickjson, seal, state, leaveby, retryafter, transport/http1: nothing of ours
}

func TestImportDirections(t *testing.T) {
	for _, f := range parse(t) {
		may := allowed(f.dir())
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			ours, found := strings.CutPrefix(path, module)
			if found && !slices.ContainsFunc(may, func(a string) bool {
				return a == ours || a == "" || strings.HasSuffix(a, "/") && strings.HasPrefix(ours, a)
			}) {
				t.Errorf("%s imports %s, which its place in the house does not allow", f.path, path)
			}
		}
	}
}

// TestFlagsAtTheEdge: what a flag is called, only the command line knows, and the sandbox, which describes its own server.
func TestFlagsAtTheEdge(t *testing.T) {
	flag := regexp.MustCompile(`(^|[\s"(:])--[a-z]`)
	for _, f := range parse(t) {
		if strings.HasPrefix(f.dir(), "internal/cli") || strings.HasPrefix(f.dir(), "internal/sandbox") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && flag.MatchString(lit.Value) {
				t.Errorf("%s names a flag: %s", f.set.Position(lit.Pos()), lit.Value)
			}
			return true
		})
	}
}

// vendors are the packages of the vendors' clients.
func vendors(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(root, "internal/crm"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "crmtest" {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestVendorsStayInTheirFiles: a vendor's client is imported by its table's file and the registry. Who may name one, see
// TestVendorsAreNamedOnce.
func TestVendorsStayInTheirFiles(t *testing.T) {
	for _, f := range parse(t) {
		if strings.HasPrefix(f.dir(), "internal/sandbox") || f.path == "internal/account/vendors.go" {
			continue
		}
		for _, v := range vendors(t) {
			if strings.HasPrefix(f.dir(), "internal/crm/"+v) {
				continue
			}
			for _, spec := range f.ast.Imports {
				// A table's file may know the vendor whose table it is, and no other.
				if spec.Path.Value == strconv.Quote(module+"internal/crm/"+v) && (f.dir() != "mapping" || countVendors(f, vendors(t)) > 1) {
					t.Errorf("%s imports %s", f.path, spec.Path.Value)
				}
			}
		}
	}
}

func countVendors(f goFile, names []string) int {
	n := 0
	for _, spec := range f.ast.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if slices.Contains(names, strings.TrimPrefix(path, module+"internal/crm/")) {
			n++
		}
	}
	return n
}

// TestOneExit: no init, one os.Exit, no log.Fatal, and panics only where a programmer erred.
func TestOneExit(t *testing.T) {
	exits := 0
	for _, f := range parse(t) {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s has an init", f.path)
				}
			case *ast.SelectorExpr:
				pkg, ok := n.X.(*ast.Ident)
				if ok && pkg.Name == "os" && n.Sel.Name == "Exit" {
					exits++
					if f.path != "cmd/crmferry/main.go" {
						t.Errorf("%s calls os.Exit", f.set.Position(n.Pos()))
					}
				}
				if ok && pkg.Name == "log" && strings.HasPrefix(n.Sel.Name, "Fatal") {
					t.Errorf("%s calls log.%s", f.set.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
	}
	if exits != 1 {
		t.Errorf("os.Exit is called in %d places, want 1", exits)
	}
}

// TestNoPackageState: what is declared with var at the top of a file is never assigned to.
func TestNoPackageState(t *testing.T) {
	state := map[string]bool{} // package and variable
	files := parse(t)
	for _, f := range files {
		for _, d := range f.ast.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					state[f.dir()+"."+name.Name] = name.Name != "_"
				}
			}
		}
	}
	for _, f := range files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			assign, ok := n.(*ast.AssignStmt)
			if !ok || assign.Tok == token.DEFINE {
				return true
			}
			for _, left := range assign.Lhs {
				// A local variable of the same name has an object that the parser has resolved within the file.
				if id, ok := left.(*ast.Ident); ok && state[f.dir()+"."+id.Name] && !isLocal(id) {
					t.Errorf("%s changes the package's state", f.set.Position(id.Pos()))
				}
			}
			return true
		})
	}
}

// isLocal reports whether an identifier is declared within a function.
func isLocal(id *ast.Ident) bool {
	if id.Obj == nil {
		return false // declared in another file of the package
	}
	_, top := id.Obj.Decl.(*ast.ValueSpec)
	return !top
}

// TestDocumented: every package has a comment, and so has nearly every exported name.
func TestDocumented(t *testing.T) {
	packages := map[string]bool{}
	total, documented := 0, 0
	var missing []string
	note := func(f goFile, name *ast.Ident, docs ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		total++
		if slices.ContainsFunc(docs, func(d *ast.CommentGroup) bool { return d != nil }) {
			documented++
		} else {
			missing = append(missing, f.path+": "+name.Name)
		}
	}
	for _, f := range parse(t) {
		packages[f.dir()] = packages[f.dir()] || f.ast.Doc != nil
		if f.ast.Name.Name == "main" {
			continue
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if exportedReceiver(d) {
					note(f, d.Name, d.Doc)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if s, ok := spec.(*ast.TypeSpec); ok {
						note(f, s.Name, d.Doc, s.Doc, s.Comment)
					}
				}
			}
		}
	}
	for dir, ok := range packages {
		if !ok {
			t.Errorf("package %s has no comment", dir)
		}
	}
	if documented*100 < total*95 {
		t.Errorf("%d of %d exported names are documented, want 95 %%:\n%s", documented, total, strings.Join(missing, "\n"))
	}
}

// exportedReceiver reports whether d is a function, or a method of an exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		exported = exported || ok && id.IsExported()
		return !ok
	})
	return exported
}

// TestSizes holds files and functions to the sizes that can be read at one sitting.
func TestSizes(t *testing.T) {
	var lengths []int
	long := 0
	for _, f := range parse(t) {
		if n := f.set.Position(f.ast.End()).Line; n > 600 {
			t.Errorf("%s has %d lines", f.path, n)
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				n := f.set.Position(fn.End()).Line - f.set.Position(fn.Pos()).Line + 1
				lengths = append(lengths, n)
				if n > 60 {
					long++
				}
			}
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > 15 {
		t.Errorf("the median function has %d lines, want at most 15", median)
	}
	if p90 := lengths[len(lengths)*9/10]; p90 > 45 {
		t.Errorf("one function in ten has more than %d lines, want at most 45", p90)
	}
	if long*100 > len(lengths)*5 {
		t.Errorf("%d of %d functions have more than 60 lines, want at most 5 %%", long, len(lengths))
	}
}

// TestDocs checks the documents: links within the tree lead somewhere, nothing is left to do.
func TestDocs(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)
	for _, path := range tree(t, ".md") {
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
			}
		}
	}
	unfinished := regexp.MustCompile(`\b(TODO|FIXME|XXX)\b|not implemented`)
	for _, path := range append(tree(t, ".md"), tree(t, ".go")...) {
		if strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		if m := unfinished.Find(data); m != nil {
			t.Errorf("%s says %q", path, m)
		}
	}
}
