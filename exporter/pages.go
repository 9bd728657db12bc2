package exporter

import (
	"context"
	"fmt"
	"sync"
)

// readAhead is how many pages per worker are read or wait to be written, so that one slow answer does not hold up the others.
const readAhead = 3

// beyondWorkers is how many pages more than workers may be under way: those that have arrived and are being decoded. The
// transport sees to it that no more than workers are in flight.
const beyondWorkers = 2

// fetchResult is an answer or an error in the place of its request.
type fetchResult[T any] struct {
	value T
	err   error
}

// fetchInOrder calls get for from, from+1 ... to, several at a time, and use with the results in that order. It returns when
// nothing of it runs any more.
func fetchInOrder[T any](ctx context.Context, workers, from, to int, get func(context.Context, int) (T, error), use func(int, T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	free := make(chan struct{}, workers+beyondWorkers)
	results := make(chan chan fetchResult[T], readAhead*workers)
	running.Go(func() {
		defer close(results)
		for n := from; n <= to; n++ {
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return
			}
			result := make(chan fetchResult[T], 1)
			running.Go(func() {
				value, err := get(ctx, n)
				<-free
				result <- fetchResult[T]{value, err}
			})
			select {
			case results <- result:
			case <-ctx.Done():
				return
			}
		}
	})
	n := from
	for result := range results {
		r := <-result
		if r.err != nil {
			return r.err
		}
		if err := use(n, r.value); err != nil {
			return err
		}
		n++
	}
	if n <= to { // the dispatcher was stopped
		return context.Cause(ctx)
	}
	return nil
}

// pageError names the page at which a list broke off.
func pageError(list string, n int, err error) error {
	return fmt.Errorf("read page %d of %s: %w", n, list, err)
}
