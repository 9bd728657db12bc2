package state

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxKept is how many earlier versions of a file are kept beside it.
const maxKept = 3

// setAside gives a file another name beside it, NAME.kept-DATE.EXT. Where the file system can, the file stays under its
// own name too, until another takes its place (linked): readers find one at every moment.
func setAside(path string, now time.Time) (kept string, linked bool, err error) {
	ext, day := filepath.Ext(path), now.Format(time.DateOnly)
	first := strings.TrimSuffix(path, ext) + ".kept-" + day + ext
	n := 1
	for _, k := range keptOf(path) {
		if k.date == day {
			n = max(n, k.n+1) // a lower number may be free again, and would be the oldest
		}
	}
	for ; ; n++ {
		if kept = first; n > 1 {
			kept = numbered(first, n)
		}
		if err := os.Link(path, kept); err == nil {
			return kept, true, nil
		}
		if _, there := os.Lstat(kept); errors.Is(there, fs.ErrNotExist) {
			return kept, false, os.Rename(path, kept)
		}
	}
}

// keptFile is a file that was kept aside, the n-th of its day.
type keptFile struct {
	name, date string
	n          int
}

// keptOf lists the files that were kept of the one at path, the newest first.
func keptOf(path string) []keptFile {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(filepath.Base(path), ext)
	like := regexp.MustCompile("^" + regexp.QuoteMeta(stem) + `\.kept-(\d{4}-\d\d-\d\d)(?:-(\d+))?` + regexp.QuoteMeta(ext) + "$")
	entries, _ := os.ReadDir(filepath.Dir(path)) // what cannot be listed stays
	var list []keptFile
	for _, e := range entries {
		if m := like.FindStringSubmatch(e.Name()); m != nil && e.Type().IsRegular() {
			n, _ := strconv.Atoi(m[2])
			list = append(list, keptFile{e.Name(), m[1], max(n, 1)})
		}
	}
	slices.SortFunc(list, func(a, b keptFile) int { return cmp.Or(cmp.Compare(b.date, a.date), cmp.Compare(b.n, a.n)) })
	return list
}

// removeKept removes all but the newest files that were kept of the one at path, and returns those that it removed. The
// last one counts as the newest, whatever the clock said before.
func removeKept(path, last string) []string {
	list := slices.DeleteFunc(keptOf(path), func(k keptFile) bool { return k.name == filepath.Base(last) })
	var removed []string
	for _, k := range list[min(len(list), maxKept-1):] {
		old := filepath.Join(filepath.Dir(path), k.name)
		if err := os.Remove(old); err == nil {
			removed = append(removed, old)
		}
	}
	return removed
}

// numbered is the n-th name: leads.report-2.xlsx.
func numbered(path string, n int) string {
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
}
