package importer

import (
	"context"
	"errors"
	"testing"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/phase"
	"crmferry/internal/crm/cloverhound"
)

// TestWrongPhase: a row that would become what no row may stops the run. Nothing more of it leaves, and it gets no outcome.
func TestWrongPhase(t *testing.T) {
	ctx, stop := context.WithCancelCause(t.Context())
	r := &run[cloverhound.Contact]{Importer: &Importer[cloverhound.Contact]{}, stop: stop}
	it := &item.Row[cloverhound.Contact]{}
	it.Res.Row = 7
	r.enter(it, phase.Written)
	var wrong *phase.Error
	if cause := context.Cause(ctx); !errors.As(cause, &wrong) || !faults.StopsRun(cause) || cause.Error() != "row 7: a row that is planned cannot become written" {
		t.Fatal(cause)
	}
	for range 2 {
		if err := it.Enter(phase.Intended); err == nil {
			t.Error("it goes on")
		}
	}
	if err := it.Enter(phase.Settled); err == nil || it.Phase() != phase.Planned {
		t.Errorf("it is %v", it.Phase())
	}
}
