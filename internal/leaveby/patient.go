package leaveby

import (
	"context"
	"time"
)

type patience struct{}

// Patient returns a context whose reads are tried again for so long while the vendor is away, though it has answered before.
func Patient(ctx context.Context, d time.Duration) context.Context {
	return context.WithValue(ctx, patience{}, d)
}

// Patience is for how long the reads of a context are tried again while the vendor is away; 0 for a few tries.
func Patience(ctx context.Context) time.Duration {
	d, _ := ctx.Value(patience{}).(time.Duration)
	return d
}
