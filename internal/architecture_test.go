package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const architecture = "docs/architecture.md"

// TestArchitecture: the map is short, lists every package and no other, and each path in it leads somewhere.
func TestArchitecture(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, architecture))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if n := strings.Count(text, "\n"); n > 150 {
		t.Errorf("%s has %d lines, more than 150", architecture, n)
	}
	_, rooms, _ := strings.Cut(text, "\n## Rooms\n")
	rooms, _, _ = strings.Cut(rooms, "\n## ")
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(rooms, -1) {
		listed = append(listed, m[1])
	}
	exist := packages(t)
	for i, dir := range exist { // what there is for each vendor is listed once
		if parent, name, ok := cutLast(dir); ok && slices.Contains(vendors(t), name) {
			exist[i] = parent + "/VENDOR"
		}
	}
	for _, dir := range exist {
		if !slices.Contains(listed, dir) {
			t.Errorf("%s lacks the package %s", architecture, dir)
		}
	}
	for _, dir := range listed {
		if !slices.Contains(exist, dir) {
			t.Errorf("%s lists %s, which is no package", architecture, dir)
		}
	}
	checkPaths(t, text)
}

// cutLast parts a path from its last name.
func cutLast(dir string) (parent, name string, ok bool) {
	i := strings.LastIndexByte(dir, '/')
	if i < 0 {
		return "", dir, false
	}
	return dir[:i], dir[i+1:], true
}

// packages are the folders with Go files, those of tests alone included.
func packages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, path := range tree(t, ".go") {
		if dir := filepath.ToSlash(filepath.Dir(path)); dir != "internal" && !strings.Contains(dir, "testdata") && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// checkPaths fails for a path that leads nowhere. A bare name of a file is in some folder of the tree.
func checkPaths(t *testing.T, text string) {
	t.Helper()
	names := map[string]bool{}
	for _, path := range tree(t, ".go") {
		names[filepath.Base(path)] = true
	}
	for _, m := range regexp.MustCompile("`([a-z/_.]+\\.(?:go|md))`").FindAllStringSubmatch(text, -1) {
		if !strings.Contains(m[1], "/") {
			if !names[m[1]] {
				t.Errorf("%s names %s, and no folder has such a file", architecture, m[1])
			}
			continue
		}
		if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
			t.Errorf("%s names %s, which is not there", architecture, m[1])
		}
	}
}
