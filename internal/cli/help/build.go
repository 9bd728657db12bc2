package help

import (
	"runtime"
	"runtime/debug"
)

// Build is what the Go toolchain noted when it made this binary.
type Build struct {
	Version  string `json:"version"` // of the module, "devel" if built from a checkout without a tag
	Revision string `json:"revision,omitempty"`
	Modified bool   `json:"modified,omitempty"` // the checkout held changes
	Time     string `json:"time,omitempty"`     // of the commit
	Go       string `json:"go"`
	System   string `json:"system"` // "linux/amd64"
}

// ReadBuild reads it.
func ReadBuild() Build {
	b := Build{Version: "devel", Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		case "vcs.time":
			b.Time = s.Value
		}
	}
	return b
}

// String is the build on one line: "crmferry devel (1a2b3c4d5e6f, modified) go1.26.0 linux/amd64".
func (b Build) String() string {
	s := "crmferry " + b.Version
	if b.Revision != "" {
		s += " (" + b.Revision[:min(12, len(b.Revision))]
		if b.Modified {
			s += ", modified"
		}
		s += ")"
	}
	return s + " " + b.Go + " " + b.System
}
