package job

import (
	"crmferry/importer/copied"
	"crmferry/internal/job/copies"
)

// keepsCopies reports whether contacts are copied before they are deleted.
func (q *ImportRequest) keepsCopies() bool { return q.Deletes() && !q.NoCopy }

// copies starts the file of the contacts that are to be deleted; nil where none is kept.
func (j *importJob) copies() func() (copied.Copies, error) {
	if !j.q.keepsCopies() {
		return nil
	}
	return func() (copied.Copies, error) {
		path, from := j.copyPath(), j.conn.Base().String()
		if j.q.Connect.Sandbox {
			from = "sandbox of crmferry: invented people"
		}
		file, err := copies.Create(copies.Options{Path: path, Resource: j.q.Resource, From: from, Account: j.conn.Identity().String(), Origin: j.runOrigin(), Record: &j.work.record, Delimiter: j.im.Survey().Delimiter,
			UserAgent: j.UserAgent, Now: j.Now, Committed: func(n int) { j.Event(ContactsCopied{n, path}) }})
		if err != nil {
			return nil, err // no interface that holds a nil pointer
		}
		return file, nil
	}
}

// copyPath is where the copy goes: beside the file, in its format, under the name of what was imported.
func (j *importJob) copyPath() string { return copies.Path(j.stem()) }

// checkCopy refuses other files in the place of the copy, and a folder that takes none.
func (j *importJob) checkCopy(report, rejects string) error {
	if !j.q.keepsCopies() || j.q.DryRun || j.work.finishedBefore() {
		return nil
	}
	return copies.CheckPlace(j.copyPath(), report, rejects)
}
