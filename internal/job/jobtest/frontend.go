// Package jobtest is a front end for tests of jobs.
package jobtest

import (
	"context"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/job"
)

// FrontEnd is an Observer that is no terminal: it notes what it is told, and answers the same to everything.
type FrontEnd struct {
	Answer bool
	Err    error

	Events []job.Event
	Shown  int64 // how far the progress came
	Asked  []job.Question
}

// Warn does nothing.
func (f *FrontEnd) Warn(string) {}

// Waiting does nothing.
func (f *FrontEnd) Waiting(time.Duration, string) {}

// Silent does nothing.
func (f *FrontEnd) Silent(*account.Connection) {}

// Away is not noted.
func (f *FrontEnd) Away(time.Duration, string) {}

// Back is not noted.
func (f *FrontEnd) Back(time.Duration) {}

// Event notes a fact.
func (f *FrontEnd) Event(e job.Event) { f.Events = append(f.Events, e) }

// Became does nothing.
func (f *FrontEnd) Became(string, bool) {}

// Progress is the front end itself.
func (f *FrontEnd) Progress(string, int64, *job.Connection) job.Progress { return f }

// CanAsk is true.
func (f *FrontEnd) CanAsk() bool { return true }

// Set notes how far a job is.
func (f *FrontEnd) Set(done int64) { f.Shown = done }

// Total does nothing.
func (f *FrontEnd) Total(int64) {}

// Left does nothing.
func (f *FrontEnd) Left(time.Duration) {}

// Done does nothing.
func (f *FrontEnd) Done() {}

// Ask notes a question, and answers it.
func (f *FrontEnd) Ask(_ context.Context, q job.Question) (bool, error) {
	f.Asked = append(f.Asked, q)
	return f.Answer, f.Err
}
