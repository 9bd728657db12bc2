package files

import (
	"path/filepath"
	"strings"
	"time"

	"crmferry/internal/sheet"
)

// Stdout is the name of an output that is no file but the writer of the request.
const Stdout = "-"

// Placeholders in the name of an output, and what they become: no character that a file system refuses.
const (
	PlaceDate, dateName = "{date}", "2006-01-02"
	PlaceTime, timeName = "{time}", "150405"
)

// OutputFile names the file that an export writes.
type OutputFile struct {
	Name   string // as given, perhaps with {date} and {time}
	Path   string // with the time in it, or Stdout
	Format sheet.Format
}

// NewOutputFile names a file of an export that starts now.
func NewOutputFile(name string, now time.Time) OutputFile {
	f := OutputFile{Name: name, Path: name, Format: sheet.CSV}
	if name != Stdout {
		f.Path = strings.NewReplacer(PlaceDate, now.Format(dateName), PlaceTime, now.Format(timeName)).Replace(name)
		f.Format = FormatOf(f.Path)
	}
	return f
}

// ToStdout reports whether there is no file.
func (f OutputFile) ToStdout() bool { return f.Path == Stdout }

// Dated reports whether each export has a name of its own.
func (f OutputFile) Dated() bool { return hasPlaceholder(f.Name) }

// DatedFolder reports whether each export has a folder of its own, so that no older file is found.
func (f OutputFile) DatedFolder() bool {
	folder, _ := filepath.Split(f.Name)
	return hasPlaceholder(folder)
}

// UnknownPlaceholder is a word between braces in the name that stands for nothing, "" if there is none: mistyped, {dat} would give each
// export the same name.
func (f OutputFile) UnknownPlaceholder() string {
	for rest := f.Path; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found || f.ToStdout() {
			return ""
		}
		word, _, closed := strings.Cut(after, "}")
		if closed && word != "" && strings.Trim(strings.ToLower(word), "abcdefghijklmnopqrstuvwxyz") == "" {
			return "{" + word + "}"
		}
		rest = after
	}
}

func hasPlaceholder(s string) bool {
	return strings.Contains(s, PlaceDate) || strings.Contains(s, PlaceTime)
}
