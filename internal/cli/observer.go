package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/job/export"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// observer tells the terminal what happens during a job, and asks there.
type observer struct {
	ui       *terminal.UI
	vendor   *account.Vendor
	rate     string             // --rate
	allow    func(contacts int) // memory
	progress atomic.Pointer[terminal.Progress]
}

// runner runs jobs that are about an account.
func (a *app) runner(of account.Account, o connectOptions) *job.Runner {
	env := a.jobEnv()
	env.SettingsAdvice = a.settingsAdvice(of)
	return &job.Runner{Env: *env, Observer: a.observer(of.Vendor, o)}
}

// settingsAdvice says what to do where settings of an account are missing, beside setting them.
func (a *app) settingsAdvice(of account.Account) string {
	const sandbox = "--sandbox needs none"
	if _, set := of.IsSet(a.env); set { // what is kept would not count
		return sandbox
	}
	return "crmferry login " + of.ID() + " asks for them and keeps them; " + sandbox
}

// observer tells of what is done with a vendor.
func (a *app) observer(v *account.Vendor, o connectOptions) *observer {
	return &observer{ui: a.ui, vendor: v, rate: o.rate, allow: a.allowMemory}
}

// jobEnv is what jobs take from the world.
func (a *app) jobEnv() *job.Env {
	return &job.Env{Lookup: a.env, Now: a.now, Args: a.args, Command: a.command(), UserAgent: userAgent(),
		Locks: a.locks, Network: a.network, Settle: a.settle, Late: a.late, Backoff: a.backoff, Patience: a.patience}
}

// Warn says what the owner of the account should know.
func (o *observer) Warn(text string) { o.ui.Warnf("%s", text) }

// Waiting says that requests wait.
func (o *observer) Waiting(d time.Duration, why string) {
	if p := o.progress.Load(); p != nil {
		p.Wait(d, why)
		return
	}
	o.ui.Waiting(d, why)
}

// Away says that the vendor is away, and is waited for.
func (o *observer) Away(d time.Duration, why string) {
	o.ui.Warnf("%s is away: %s; it is tried again for up to %s", o.vendor.Name, why, humanize.Duration(d))
}

// Back says that the vendor answers again.
func (o *observer) Back(d time.Duration) {
	o.ui.Notef("%s answers again, after %s", o.vendor.Name, humanize.Duration(d))
}

// Silent says that the vendor does not answer where no progress shows it.
func (o *observer) Silent(c *account.Connection) {
	if words := silenceText(c); words != "" && o.progress.Load() == nil {
		o.ui.Notef("waiting for %s: %s", o.vendor.Name, words)
	}
}

// Event says what happened.
func (o *observer) Event(e job.Event) {
	switch e := e.(type) {
	case job.PaceExceeded:
		o.ui.Warnf("%s", text.Excess(e.Pace, e.Vendor, o.rate))
	case job.LockAwaited:
		o.ui.Notef("waiting up to %s: the account's lock is held by %s", humanize.Duration(e.Wait), e.Holder)
	case job.PipeRead:
		o.ui.Notef("reading %s, a pipe, until it ends", e.Name)
	case job.SaltReplaced:
		o.ui.Warnf("%v: a new one is made, and into which accounts earlier runs went cannot be told any more", e.Why)
	case job.RunUnreadable:
		o.ui.Warnf("what an earlier import into %s did is not known: %v", e.Vendor, e.Why)
	case job.MachineUnlocked:
		o.ui.Warnf("imports of other users, or with another %s, are not kept from this account: %v", state.RootVariable, e.Err)
	case *export.Plan:
		for _, line := range text.ExportPlan(e) {
			o.ui.Notef("%s", line)
		}
	case export.RequestsCounted:
		o.ui.Notef("  %s", text.RequestsCounted(e))
	case export.ListReread:
		o.ui.Notef("  %s", text.ListReread(e))
	case export.ContactsRemembered:
		o.allow(e.Contacts)
	}
}

// Progress shows how far the job is, and from now on why it waits.
func (o *observer) Progress(noun string, total int64, c *job.Connection) job.Progress {
	p := o.ui.Progress(noun, total)
	p.Silent(func() string { return silenceText(c.Connection) })
	o.progress.Store(p)
	return shown{p, o}
}

// shown is a progress until it is done.
type shown struct {
	*terminal.Progress
	by *observer
}

// Done ends it: waits are told in lines of their own again.
func (s shown) Done() {
	s.Progress.Done()
	s.by.progress.CompareAndSwap(s.Progress, nil)
}

// CanAsk reports whether somebody sits at a terminal.
func (o *observer) CanAsk() bool { return o.ui.CanAsk() }

// Ask puts a question, until the context ends.
func (o *observer) Ask(ctx context.Context, q job.Question) (bool, error) {
	switch q := q.(type) {
	case job.DeleteQuestion:
		typed, err := o.ui.AskFor(ctx, fmt.Sprintf("Delete them from %s at %s? Type the number of contacts:", q.Vendor.Name, q.Base))
		return strings.ReplaceAll(typed, ",", "") == strconv.Itoa(q.Contacts), err
	case export.Question:
		if !o.CanAsk() {
			message, hint := text.ManyRequestsUnasked(q.RequestsCounted)
			return false, failure.Usage(hint, "%s", message)
		}
		return o.ui.Ask(ctx, text.ExportQuestion(q))
	case job.UndoQuestion:
		if q.Undoing.Deletes() == 0 {
			if !o.CanAsk() {
				return false, failure.Usage("say --yes to take it back without being asked, or --dry-run to see what would be done", "there is no terminal to ask on, and nothing was sent")
			}
			return o.ui.Ask(ctx, text.UndoQuestion(q))
		}
		typed, err := o.ui.AskFor(ctx, text.UndoQuestion(q))
		return strings.ReplaceAll(typed, ",", "") == strconv.Itoa(q.Undoing.Deletes()), err
	case job.ApplyQuestion:
		return o.ui.Ask(ctx, text.ApplyQuestion(q))
	case job.ImportQuestion:
		return o.ui.Ask(ctx, fmt.Sprintf("Import %s into %s?", humanize.Count(int64(q.Rows), "row"), q.Resource.Ref()))
	}
	return false, fmt.Errorf("nobody knows how to ask %T", q)
}

// longSilence is how long nobody wonders about.
const longSilence = 10 * time.Second

// silenceText says for how long no request was answered, "" if that is not long.
func silenceText(c *account.Connection) string {
	switch d, bytes := c.Transport().Silence(); {
	case d < longSilence:
		return ""
	case bytes == 0:
		return "no answer for " + humanize.Duration(d)
	default:
		return fmt.Sprintf("%s of an answer in %s", humanize.Count(bytes, "byte"), humanize.Duration(d))
	}
}
