package undo

import (
	"context"

	"crmferry/internal/crm"
)

// Attached says of a contact that an import has created what others have attached to it since, which a delete would take along;
// "" for nothing.
func Attached(ctx context.Context, vendor any, id string) (string, error) {
	a, ok := vendor.(crm.Attacher)
	if !ok {
		return "", nil
	}
	return a.Attached(ctx, id)
}

// Asks is how many requests that takes, for rows that may take a run back.
func Asks(takesBack bool, vendor any, rows int) int {
	if _, ok := vendor.(crm.Attacher); ok && takesBack {
		return rows
	}
	return 0
}
