package requests

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/phase"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
)

func newSender(spoke bool) *Sender {
	s := &Sender{Clock: time.Now, Pool: workers.NewPool(1), Health: workers.NewHealth(time.Now, workers.Outage), Pause: time.Second}
	s.Spoke = func() bool { return spoke }
	if spoke {
		s.Health.OK()
	}
	return s
}

// TestWrite: what each kind of error means for a write: how often it is sent, and where its row stands then.
func TestWrite(t *testing.T) {
	tests := []struct {
		title      string
		class      crm.Class
		times      int // that it fails
		repeatable bool
		silent     bool // the vendor has never answered
		attempts   int
		stands     phase.Phase
	}{
		{"done", 0, 0, false, false, 1, phase.Written},
		{"refused", crm.Permanent, 99, true, false, 1, phase.Intended},
		{"forbidden", crm.Forbidden, 99, true, false, 1, phase.Intended},
		{"wrong key", crm.Unauthorized, 99, true, false, 1, phase.Intended},
		{"the limit, for a while", crm.RateLimited, 20, false, false, 21, phase.Written},
		{"nothing sent, for a while", crm.NothingSent, 20, false, false, 21, phase.Written},
		{"nothing sent, ever", crm.NothingSent, 99, false, true, 1, phase.Intended},
		{"answer lost", crm.Ambiguous, 1, false, false, 1, phase.InDoubt},
		{"answer lost, may be repeated", crm.Ambiguous, 3, true, false, 4, phase.Written},
		{"answers lost again and again", crm.Ambiguous, 99, true, false, 8, phase.InDoubt},
		{"failed, may be repeated", crm.Transient, 7, true, false, 8, phase.Written},
		{"a web page", crm.WrongServer, 1, false, false, 1, phase.InDoubt},
		{"a web page, may be repeated", crm.WrongServer, 1, true, false, 2, phase.Written},
		{"nothing but web pages", crm.WrongServer, 99, true, true, 1, phase.InDoubt},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var row item.Trail
				n := 0
				if err := row.Enter(phase.Intended); err != nil {
					t.Fatal(err)
				}
				err := newSender(!tt.silent).Write(t.Context(), &row, tt.repeatable, func() error {
					if n++; n <= tt.times {
						return &crm.Error{Class: tt.class}
					}
					return nil
				})
				if row.Attempts != tt.attempts || n != tt.attempts || row.Phase() != tt.stands || (err == nil) != (tt.stands == phase.Written) {
					t.Errorf("%v after %d attempts, it is %v", err, row.Attempts, row.Phase())
				}
				if IsRead(err) {
					t.Error("called a read")
				}
			})
		})
	}
}

// TestRead: what is read says nothing of the writes of its row, whether it succeeds or not.
func TestRead(t *testing.T) {
	for _, class := range []crm.Class{0, crm.Permanent, crm.Transient, crm.WrongServer} {
		for _, stands := range []phase.Phase{phase.Planned, phase.Intended, phase.InDoubt} {
			synctest.Test(t, func(t *testing.T) {
				var row item.Trail
				if stands != phase.Planned {
					if err := row.Enter(stands); err != nil {
						t.Fatal(err)
					}
				}
				err := newSender(true).Read(t.Context(), &row, func() error {
					if class == 0 {
						return nil
					}
					return &crm.Error{Class: class}
				})
				if row.Phase() != stands || row.Attempts != 0 || (err == nil) != (class == 0) || IsRead(err) != (err != nil) {
					t.Errorf("%v, %d attempts, a row that was %v is %v", err, row.Attempts, stands, row.Phase())
				}
				if class == crm.WrongServer && crm.ClassOf(err) != crm.Transient {
					t.Errorf("a page after answers: %v", crm.ClassOf(err))
				}
			})
		}
	}
}

// TestOutage: when nothing succeeds any more, for any row, the run ends after a quarter of an hour, not after a few tries.
func TestOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, start := newSender(true), time.Now()
		for range 10 { // other rows
			s.Health.Fail()
		}
		if s.GivesUp(100) {
			t.Error("an outage is one row's fault")
		}
		var row item.Trail
		_ = row.Enter(phase.Intended)
		err := s.Write(t.Context(), &row, true, func() error { return &crm.Error{Class: crm.Transient} })
		if took := time.Since(start); !errors.Is(err, faults.ErrOutage) || took < workers.Outage || took > workers.Outage+time.Minute || !row.InDoubt() {
			t.Errorf("%v after %v, the row is %v", err, took, row.Phase())
		}
	})
}

// TestEnds: a wait between tries ends with its context, and a write that comes too late is not sent.
func TestEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		told := errors.New("told to stop")
		time.AfterFunc(time.Minute, func() { cancel(told) })
		var row item.Trail
		_ = row.Enter(phase.Intended)
		refuse := func() error { return &crm.Error{Class: crm.RateLimited} }
		if err := newSender(true).Write(ctx, &row, false, refuse); !errors.Is(err, told) || row.Phase() != phase.Intended {
			t.Errorf("%v, it is %v", err, row.Phase())
		}
		sent := row.Attempts
		late := leaveby.With(t.Context(), time.Now().Add(time.Minute))
		if err := newSender(true).Write(late, &row, false, refuse); !errors.Is(err, leaveby.ErrLate) || row.Attempts < sent+2 {
			t.Errorf("%v after %d attempts", err, row.Attempts-sent)
		}
		sent = row.Attempts
		if err := newSender(true).Write(late, &row, false, func() error { t.Error("it was sent"); return nil }); !errors.Is(err, leaveby.ErrLate) || row.Attempts != sent {
			t.Errorf("%v, attempts %d", err, row.Attempts)
		}
	})
}

// TestWrongPhase: a write whose row may not be Written, as it was never intended, ends the run.
func TestWrongPhase(t *testing.T) {
	var row item.Trail
	for _, answer := range []error{nil, &crm.Error{Class: crm.Ambiguous}} {
		_ = row.Enter(phase.Settled)
		err := newSender(true).Write(t.Context(), &row, false, func() error { return answer })
		if wrong := new(phase.Error); !errors.As(err, &wrong) || !faults.StopsRun(err) {
			t.Error(err)
		}
	}
}
