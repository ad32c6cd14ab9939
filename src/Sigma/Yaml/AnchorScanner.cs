using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Sigma.Yaml;

/// <summary>
/// Reads tokens for the parser without the anchors of scalars, and keeps them: the parser refuses <c>{a: &amp;x b, c: d}</c>, which is
/// valid (YAML 1.2.2, section 7.4.2), because it looks for an error behind a scalar with an anchor, and loses the comma.
/// </summary>
/// <param name="inner">What makes the tokens.</param>
internal sealed class AnchorScanner(IScanner inner) : IScanner
{
    private readonly Queue<Token> ahead = new();
    private readonly Dictionary<long, AnchorName> taken = [];
    private Token? current;

    /// <inheritdoc/>
    public Mark CurrentPosition => inner.CurrentPosition;

    /// <inheritdoc/>
    public Token? Current => current;

    /// <summary>The anchor of the scalar whose first token, a tag or the scalar itself, starts at an index; empty if it has none.</summary>
    public AnchorName AnchorAt(long index) => taken.GetValueOrDefault(index);

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (current is not null)
        {
            ConsumeCurrent();
        }

        return MoveNextWithoutConsuming();
    }

    /// <inheritdoc/>
    public bool MoveNextWithoutConsuming()
    {
        if (ahead.Count == 0 && !ReadAhead())
        {
            current = null;
            return false;
        }

        current = ahead.Dequeue();
        return true;
    }

    /// <inheritdoc/>
    public void ConsumeCurrent() => current = null;

    /// <summary>Reads the next token; an anchor or a tag together with all up to what it is of.</summary>
    private bool ReadAhead()
    {
        AnchorName anchor = default;
        Token? anchorToken = null;
        while (inner.MoveNext())
        {
            Token token = inner.Current!;
            switch (token)
            {
                case Anchor found when anchorToken is null:
                    (anchor, anchorToken) = (found.Value, found);
                    continue;
                case Tag when ahead.Count == 0:
                    ahead.Enqueue(token);
                    continue;
                case Scalar when anchorToken is not null:
                    ahead.Enqueue(token);
                    taken[ahead.Peek().Start.Index] = anchor;
                    return true;
                default:
                    PutBack(anchorToken);
                    ahead.Enqueue(token);
                    return true;
            }
        }

        PutBack(anchorToken);
        return ahead.Count > 0;
    }

    /// <summary>The anchor of something else, in front of its tag: the parser takes both orders.</summary>
    private void PutBack(Token? anchor)
    {
        if (anchor is not null)
        {
            Token[] tags = [.. ahead];
            ahead.Clear();
            ahead.Enqueue(anchor);
            foreach (Token tag in tags)
            {
                ahead.Enqueue(tag);
            }
        }
    }
}
