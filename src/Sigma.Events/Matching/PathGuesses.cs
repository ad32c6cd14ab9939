namespace Sigma.Events.Matching;

/// <summary>
/// What came after what in the events before: events of a log have the same fields in the same order, so most places are found without
/// looking for their names. Each thread has its own, since places are shared by all, and what one writes another has to fetch.
/// </summary>
internal sealed class PathGuesses
{
    private EventPath?[] guesses = [];

    /// <summary>The place of a field of an object whose fields are gone through.</summary>
    /// <param name="parent">The place of the object.</param>
    /// <param name="name">The field's name in UTF-8, without escapes.</param>
    /// <param name="before">The field before it in this event; null for the first.</param>
    public EventPath Child(EventPath parent, ReadOnlySpan<byte> name, EventPath? before)
    {
        ref EventPath? guess = ref At(before is null ? (parent.Id + 1) * 2 : ((before.Id + 1) * 2) + 1);
        if (guess is { } guessed && guessed.Parent == parent && guessed.IsNamed(name))
        {
            return guessed;
        }

        EventPath child = parent.Child(name);
        if (child.Id >= 0 && child.Parent == parent)
        {
            guess = child;
        }

        return child;
    }

    private ref EventPath? At(int index)
    {
        if (index >= guesses.Length)
        {
            Array.Resize(ref guesses, Math.Max(index + 1, guesses.Length * 2));
        }

        return ref guesses[index];
    }
}
