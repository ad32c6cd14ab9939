using System.Text;
using Sigma.Text;

namespace Sigma.Tests.Text;

/// <summary>Bytes to text: byte order marks, line ends, bad bytes, and files that are too large.</summary>
public sealed class SourceTextTests
{
    [Fact]
    public void A_byte_order_mark_is_dropped_and_shifts_nothing()
    {
        SourceText source = SourceText.Decode("a.yml", [0xEF, 0xBB, 0xBF, .. "a: 1\n"u8], out Diagnostic? error);
        error.Should().BeNull();
        source.Text.Should().Be("a: 1\n");
        source.PositionOf(3).Should().Be((1, 4));
    }

    [Theory]
    [InlineData("ok\nbad \xFF here", 2, 5, "FF")]
    [InlineData("\xC3\x28", 1, 1, "C3")]
    [InlineData("caf\xC3\xA9\n\xE2\x82", 2, 1, "E2")]
    [InlineData("\xED\xA0\x80", 1, 1, "ED")]
    [InlineData("a\xC0\xAF", 1, 2, "C0")]
    public void The_first_bad_byte_is_shown(string latin1, int line, int column, string hex)
    {
        SourceText.Decode("a.yml", Encoding.Latin1.GetBytes(latin1), out Diagnostic? error);
        error!.Code.Should().Be(Codes.InvalidUtf8);
        error.Span!.Value.Position.Should().Be((line, column));
        error.Message.Should().Contain("0x" + hex);
    }

    [Theory]
    [InlineData(16 * 1024 * 1024, false)]
    [InlineData((16 * 1024 * 1024) + 1, true)]
    public void Sixteen_megabytes_are_read_and_no_byte_more(int size, bool refused)
    {
        byte[] bytes = new byte[size];
        bytes.AsSpan().Fill((byte)'#');
        SourceText.Decode("a.yml", bytes, out Diagnostic? error);
        (error?.Code.Id).Should().Be(refused ? "SIG0102" : null);
        if (refused)
        {
            error!.Message.Should().Contain("16.1 MB");
        }
    }

    [Theory]
    [InlineData("a\nb\nc", 4, 3, 1)]
    [InlineData("a\r\nb\r\nc", 6, 3, 1)]
    [InlineData("a\rb\rc", 4, 3, 1)]
    [InlineData("a\n\nb", 2, 2, 1)]
    [InlineData("a\n", 2, 2, 1)]
    public void Lines_end_with_any_of_the_three_line_ends(string text, int offset, int line, int column) =>
        new SourceText("a", text).PositionOf(offset).Should().Be((line, column));

    [Fact]
    public void An_excerpt_of_a_long_line_is_cut_around_the_caret_and_shows_no_control_characters()
    {
        var source = new SourceText("a.yml", new string('x', 500) + "\tBAD\u001b[31m" + new string('y', 500));
        var output = new StringWriter();
        DiagnosticWriter.Write(output, Diagnostic.UnknownModifier(new Span(source, 501, 3), "BAD"), colour: false);
        string[] lines = output.ToString().Split('\n');
        int caret = lines[3].IndexOf('^', StringComparison.Ordinal);
        lines[2].Substring(caret, 3).Should().Be("BAD");
        lines[2].Length.Should().BeLessThan(180);
        output.ToString().Should().NotContain("\u001b");
    }

    [Theory]
    [InlineData("endwith", "did you mean 'endswith'?")]
    [InlineData("CONTAINS", "did you mean 'contains'?")]
    [InlineData("conatins", "did you mean 'contains'?")]
    [InlineData("xyz", null)]
    public void The_nearest_known_name_is_suggested(string written, string? hint) =>
        Suggestion.For(written, ["contains", "endswith", "startswith"]).Should().Be(hint);
}
