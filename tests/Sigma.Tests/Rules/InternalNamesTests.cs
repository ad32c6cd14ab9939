using Sigma.Rules;

namespace Sigma.Tests.Rules;

/// <summary>The program marks names of its own with a character that no name of a rule's may have.</summary>
public sealed class InternalNamesTests
{
    [Theory]
    [InlineData("\\0x", "g and 1 of \\0*")]
    [InlineData("\\0x", "all of them")]
    [InlineData("\\0filter1\\0x", "g and \\0filter1\\0x")]
    [InlineData("\\0filter1\\0x", "g and 1 of \\0filter1\\0*")]
    [InlineData("x\\0", "g")]
    [InlineData("\\0\\0\\0", "1 of \\0\\0\\0*")]
    public void A_name_with_the_mark_is_refused(string name, string condition)
    {
        ReadDocument document = Given.Detection($"g: {{A: b}}\n\"{name}\": {{C: d}}\ncondition: \"{condition}\"\n");
        document.Document.Should().BeNull();
        document.Diagnostics.Select(d => d.Code.Id).Should().Contain("SIG0203");
    }

    [Fact]
    public void An_empty_name_is_a_name() => Given.Detection("g: {A: b}\n\"\": {C: d}\ncondition: all of them\n").Diagnostics.Should().BeEmpty();
}
